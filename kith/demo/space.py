"""The space the invented community lives in: what it pursues, holds dear, rules and asks."""

NAME = "山野社 Wildwood"
SLUG = "wildwood"
PURSUIT = "小批量地做吃的、喝的、用的，也认识做它们的人。Small batches, and the people who make them."
VALUES = (
    ("真", "配料写全，数字写真，做坏了也写。"),
    ("慢", "一坛一坛来，一个人一个人认识。"),
    ("应", "二十四小时之内，总有人应一声。"),
    ("Plain", "Say it the way you would say it in a kitchen."),
)
RULES = """零、碎了的瓶子也可以晒。
一、说人话。Write as you speak, in Chinese or English.
二、求助写清楚已经试过什么。
三、谢人要说谢什么。
四、不在帖子里吵架，出来喝着吵。
五、卖东西可以，先说自己也会买的那一件。

这里的人和事都是演示，全是编的。Everybody and everything here is invented."""
QUESTIONS = ("你手上正在做什么？", "上一次做坏的是什么？")
# Who waits at the door: name, and the answers to the two questions.
WAITING = (
    ("冉观潮", ("柚子皮糖，一次两斤，厨房太小。", "糖熬过了头，粘住了锅，锅还在阳台上。")),
    ("Maud Ferring", ("Crackers, seeded, for other people's cheese.", "Forgot the salt in four hundred. Sold them as 'quiet'.")),
)  # fmt: skip
