"""The dock of the differences to the old planner, with what each changes in the open build."""
