"""What a page raises to say no: a message of the catalogue, filled in in the reader's language."""

from starlette.exceptions import HTTPException


class Refused(HTTPException):
    """`message` is English, as the catalogues know it (`marked`); `values` fill it in."""

    def __init__(self, status: int, message: str, **values: object) -> None:
        super().__init__(status, message % values)
        self.message = message
        self.values = values
