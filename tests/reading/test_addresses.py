import pytest
from openpyxl.utils import column_index_from_string, get_column_letter

from helpers.reading.cell import column_letters, column_number, split_address


@pytest.mark.parametrize("number", [1, 2, 26, 27, 52, 53, 701, 702, 703, 16384])
def test_letters_are_those_of_excel(number):
    assert column_letters(number) == get_column_letter(number)
    assert column_number(get_column_letter(number)) == number
    assert column_index_from_string(column_letters(number)) == number


def test_an_address_is_taken_apart():
    assert split_address("$AB$12") == ("AB", 12)
    with pytest.raises(ValueError, match="12"):
        split_address("12")
