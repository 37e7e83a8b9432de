"""What every room stands on: text, time, language, links and other building blocks."""
