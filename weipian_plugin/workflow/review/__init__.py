"""Use cases of the person who looks at patches one by one."""
