"""The root of every named refusal."""


class Refusal(Exception):  # noqa: N818 -- a refusal is an answer to a person, not a fault of the program
    """Say no with a sentence.

    `sentence` is English and doubles as the gettext msgid; `facts` fill its `%(name)s` places.
    `status` is the HTTP answer the page and the API give (404 where existence itself is private).
    """

    sentence = "This cannot be done."
    status = 400

    def __init__(self, **facts: object) -> None:
        super().__init__(self.sentence % facts if facts else self.sentence)
        self.facts = facts

    @property
    def code(self) -> str:
        return type(self).__name__


class NotFound(Refusal):
    sentence = "There is nothing here, or it is not yours to see."
    status = 404


class NotAllowed(Refusal):
    sentence = "You may not do this."
    status = 403
