"""The sets & bonuses dock: slotted sets, what they give, the rule of five, the sum."""
