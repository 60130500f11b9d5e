"""What midsdesk keeps with a build beyond what the old planner knows: members of its file.

The old planner leaves alone what it does not know, so they travel in every form that has members.
"""

import json
from dataclasses import replace

from midsdesk.model.build import Build


def members_of(build: Build) -> dict[str, object]:
    """All members; none where they cannot be read."""
    try:
        found = json.loads(build.extras) if build.extras.strip() else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def member_of(build: Build, name: str) -> object:
    """One member, None where there is none."""
    return members_of(build).get(name) if name in build.extras else None


def with_member(build: Build, name: str, value: object) -> Build:
    """The build with another value of a member; an empty one takes it away."""
    members = members_of(build)
    if value:
        members[name] = value
    elif name not in members:
        return build
    else:
        members.pop(name)
    return replace(build, extras=json.dumps(members) if members else "")
