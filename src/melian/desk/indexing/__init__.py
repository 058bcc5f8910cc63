"""What an archive holds once more, laid out for pages that answer at once; it can be thrown away and made again."""
