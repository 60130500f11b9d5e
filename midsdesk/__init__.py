"""midsdesk: plan City of Heroes builds, offline and natively."""
