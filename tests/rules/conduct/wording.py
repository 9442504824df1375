"""A notice in a group's own words that has all four parts."""

WHOLE = "{name}，谢谢你在群里的参与。{reason}{way}期待和你一起{goal}！"
