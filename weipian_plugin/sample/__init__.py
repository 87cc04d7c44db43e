"""The invented sample district (示例数据): every layer that a month needs, deterministic for a seed."""
