package dev.tandem.core.analyzer;

/** What a parser says of some bytes. */
public sealed interface ParseResult {
    /** All that belongs together was there. */
    record Done(int consumed) implements ParseResult {}

    /** More has to come; what is not consumed has to come again. */
    record NeedMore(int consumed, int atLeast) implements ParseResult {}

    /** It is not this protocol, or broken. */
    record Violation(String reason) implements ParseResult {}
}
