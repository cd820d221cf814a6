"""Packaged example sources: the Huawei case of 2019 and 2020 in small, with answers as from the real sites."""
