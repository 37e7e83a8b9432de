"""The house rules, checked: what STYLE.md says and a machine can see."""
