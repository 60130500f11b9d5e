"""The server of midsdesk: accounts, builds on all machines, links for everybody, live views."""
