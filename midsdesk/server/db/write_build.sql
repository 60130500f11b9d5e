-- One write of one build, whole: lock the account, compare the tag, add the version, count on.
-- A function, because one round trip holds the account's lock for a fraction of a millisecond.
-- p_expected: the tag the client knows, '*' for "there is none yet". p_content NULL: a deletion.
-- p_name and the like describe the content; they are never compared.
CREATE FUNCTION write_build(
  p_account uuid, p_build uuid, p_expected text, p_key text, p_request bytea,
  p_content bytea, p_sha text, p_name text, p_archetype text, p_level integer,
  p_device text, p_most integer
) RETURNS TABLE (outcome text, tag text, revision bigint, seq bigint, followed boolean)
LANGUAGE plpgsql AS $$
DECLARE
  v_seq bigint; v_live integer; v_old builds%ROWTYPE; v_done idempotency%ROWTYPE;
  v_exists boolean; v_revision bigint; v_tag text; v_outcome text; v_delta integer := 0;
BEGIN
  SELECT a.seq, a.live INTO v_seq, v_live FROM accounts a WHERE a.id = p_account FOR UPDATE;
  IF NOT FOUND THEN
    RETURN QUERY SELECT 'no_account', '', 0::bigint, 0::bigint, false; RETURN;
  END IF;
  SELECT * INTO v_done FROM idempotency i WHERE i.account = p_account AND i.key = p_key;
  IF FOUND THEN
    IF v_done.request <> p_request THEN
      RETURN QUERY SELECT 'key_reused', '', 0::bigint, 0::bigint, false; RETURN;
    END IF;
    RETURN QUERY SELECT v_done.outcome::text, v_done.tag::text, v_done.revision, v_done.seq, false;
    RETURN;
  END IF;
  SELECT * INTO v_old FROM builds b WHERE b.account = p_account AND b.id = p_build;
  v_exists := FOUND;
  IF p_content IS NULL AND NOT v_exists THEN
    RETURN QUERY SELECT 'absent', '', 0::bigint, v_seq, false; RETURN;
  END IF;
  IF p_expected = '*' THEN
    IF v_exists AND NOT v_old.deleted THEN
      RETURN QUERY SELECT 'stale', v_old.tag::text, v_old.revision, v_old.seq, false; RETURN;
    END IF;
  ELSIF NOT v_exists OR v_old.tag <> p_expected THEN
    RETURN QUERY SELECT 'stale', coalesce(v_old.tag::text, ''), coalesce(v_old.revision, 0),
      coalesce(v_old.seq, 0), false; RETURN;
  END IF;
  IF p_content IS NOT NULL AND (NOT v_exists OR v_old.deleted) THEN
    IF v_live >= p_most THEN
      RETURN QUERY SELECT 'too_many', '', 0::bigint, 0::bigint, false; RETURN;
    END IF;
    v_delta := 1;
  ELSIF p_content IS NULL AND NOT v_old.deleted THEN
    v_delta := -1;
  END IF;
  v_seq := v_seq + 1;
  v_revision := coalesce(v_old.revision, 0) + 1;
  v_tag := v_revision || '-' || CASE WHEN p_content IS NULL THEN 'deleted' ELSE left(p_sha, 16) END;
  v_outcome := CASE WHEN p_content IS NULL THEN 'deleted'
    WHEN v_exists THEN 'updated' ELSE 'created' END;
  INSERT INTO builds (account, id, revision, tag, seq, deleted, name, archetype, level, size, updated)
    VALUES (p_account, p_build, v_revision, v_tag, v_seq, p_content IS NULL, p_name, p_archetype,
      p_level, coalesce(length(p_content), 0), now())
    ON CONFLICT (account, id) DO UPDATE SET revision = v_revision, tag = v_tag, seq = v_seq,
      deleted = excluded.deleted, name = excluded.name, archetype = excluded.archetype,
      level = excluded.level, size = excluded.size, updated = excluded.updated;
  INSERT INTO build_versions (account, build, revision, tag, content, device)
    VALUES (p_account, p_build, v_revision, v_tag, p_content, p_device);
  INSERT INTO idempotency (account, key, request, outcome, tag, revision, seq)
    VALUES (p_account, p_key, p_request, v_outcome, v_tag, v_revision, v_seq);
  UPDATE accounts a SET seq = v_seq, live = a.live + v_delta WHERE a.id = p_account;
  RETURN QUERY SELECT v_outcome, v_tag, v_revision, v_seq, EXISTS (SELECT 1 FROM shares s
    WHERE s.account = p_account AND s.build = p_build AND s.content IS NULL);
END $$;
