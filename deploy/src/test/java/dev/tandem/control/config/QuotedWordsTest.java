package dev.tandem.control.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuotedWordsTest {
    @Test
    void aFilterIsOneWord() {
        assertEquals(List.of("-f", "not port 9100", "x=a b"), QuotedWords.of("  -f 'not port 9100'\tx=\"a b\" "));
        assertEquals(List.of("it's", ""), QuotedWords.of("\"it's\" ''"));
        assertEquals(List.of(), QuotedWords.of("  "));
    }

    @Test
    void aQuoteThatIsNotClosedIsSeen() {
        assertTrue(QuotedWords.isWhole("-f 'not port 9100' \"it's\""));
        assertFalse(QuotedWords.isWhole("-f 'not port 9100"));
        assertEquals(List.of("-f", "not port"), QuotedWords.of("-f 'not port"));
    }
}
