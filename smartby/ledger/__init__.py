"""The hash-chained public record of decisions; the timeline is read from it."""
