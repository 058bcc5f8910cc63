"""What stands in a page: its tags, attributes, addresses and words."""

from html.parser import HTMLParser

TAGS = set(
    "html head meta title link script body a header nav main footer span h1 h2 h3 p form label input textarea select "
    "option button div section article aside fieldset legend details summary ul ol li dl dt dd table thead tbody tr "
    "th td figure figcaption blockquote bdi b i em code mark meter h4 kbd datalist pre".split()
)


class Scan(HTMLParser):
    """Collects tags, attributes and addresses."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.addresses, self.scripts, self.text = set(), set(), set(), [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        given = dict(attrs)
        self.addresses |= {given[name] for name in ("href", "src", "action", "hx-get") if name in given}
        if tag == "script":
            self.scripts.append(given)

    def handle_data(self, data):
        self.text.append(data)
