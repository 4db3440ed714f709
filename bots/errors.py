"""What whoever runs Kith can mend."""


class OperatorError(Exception):
    """The message says what is wrong and what to do; ``exit_code`` is the command line's."""

    exit_code = 1


class BadSettingError(OperatorError):
    """A setting is missing or cannot be used; the message begins with the variable's name."""

    exit_code = 2
