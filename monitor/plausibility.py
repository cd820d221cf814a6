"""STUB."""


def check_list(previous, current, *, today, max_loss):
    pass
