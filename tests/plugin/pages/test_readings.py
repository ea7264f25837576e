"""A title that nobody gave a reading is read as the articles read its words."""

from kakugen.pages.readings import reading_of

PAIRS = [
    ("「転送専用」がどこにあるか分からない", "てんそうせんよう、がどこにあるかわからない"),
    ("転送のやり方が分からない", "てんそうのやりかたがわからない"),
    ("メールが来ないので調べた", "めーるがこないのでしらべた"),
]


def test_a_word_is_read_as_in_a_text_with_the_same_kana_around_it() -> None:
    assert reading_of("転送を調べる", PAIRS) == "てんそうをしらべる"
    assert reading_of("メールの転送", PAIRS) == "メールのてんそう"


def test_a_title_with_a_word_that_no_article_reads_has_no_reading() -> None:
    assert reading_of("転送と添付", PAIRS) == ""
    assert reading_of("Forwarding", PAIRS) == ""
    assert reading_of("", PAIRS) == ""


def test_a_reading_that_does_not_fit_its_text_teaches_nothing() -> None:
    assert reading_of("転送", [("転送のやり方", "まったくべつ"), ("転送", "")]) == ""
