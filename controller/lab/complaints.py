"""What the lab says when it cannot do what was asked: one sentence in Thai, one in English."""


class LabError(Exception):
    """A wrong definition, a wrong argument, or a lab in the wrong state; the person's move."""

    def __init__(self, th: str, en: str) -> None:
        super().__init__(en)
        self.th = th
        self.en = en

    def __str__(self) -> str:
        return f"{self.th}\n{self.en}"
