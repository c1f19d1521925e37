package dev.tandem.script.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggestionTest {
    private static final List<String> NAMES = List.of("name", "Notice::LOG", "string_to_pattern", "orig_h");

    @ParameterizedTest
    @CsvSource({
        "nmae, name",
        "names, name",
        "Notcie::LOG, Notice::LOG",
        "stirng_to_patern, string_to_pattern",
        "ORIG_H, orig_h"
    })
    void aNearNameIsMeant(String written, String meant) {
        assertEquals("did you mean '" + meant + "'?", Suggestion.of(written, NAMES));
    }

    @Test
    void aFarNameIsNot() {
        assertNull(Suggestion.of("addr", NAMES));
    }
}
