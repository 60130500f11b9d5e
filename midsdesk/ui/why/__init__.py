"""Why a number is what it is: the panel that opens beside the totals."""
