package dev.tandem.logwriters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.core.value.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiOptionsTest {
    @Test
    void defaultsAreZeeks() {
        AsciiOptions options = AsciiOptions.DEFAULTS;
        assertEquals(Bytes.of("\t"), options.separator());
        assertEquals(Bytes.of(","), options.setSeparator());
        assertEquals(Bytes.of("(empty)"), options.emptyField());
        assertEquals(Bytes.of("-"), options.unsetField());
        assertEquals(Bytes.of("#"), options.metaPrefix());
        assertTrue(options.hasHeader());
        assertTrue(options.utf8());
        assertFalse(options.useJson());
        assertFalse(options.tsv());
        assertFalse(options.toStdout());
        assertFalse(options.jsonIncludeUnset());
        assertEquals(AsciiOptions.TimeFormat.TS_EPOCH, options.jsonTimestamps());
        assertEquals(AsciiOptions.StringEscapePolicy.STRING_ESCAPE_POLICY_HEX, options.jsonEscapes());
        assertEquals(0, options.gzipLevel());
        assertEquals("", options.logdir());
    }

    @Test
    void changingAnOptionLeavesTheOriginalAlone() {
        AsciiOptions changed = AsciiOptions.DEFAULTS.with(Map.of("gzip_level", "9", "gzip_file_extension", "gzip"));
        assertEquals(".log.gzip", changed.withSuffix("log").extension());
        assertEquals(0, AsciiOptions.DEFAULTS.gzipLevel());
    }

    @Test
    void jsonHasNoHeader() {
        assertFalse(AsciiOptions.DEFAULTS.with("use_json", "T").hasHeader());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use_json|true|invalid value 'true' for 'use_json', must be \"T\" or \"F\"",
                "gzip_level|10|invalid value '10' for 'gzip_level', must be a number from 0 to 9",
                "gzip_level|''|invalid value '' for 'gzip_level', must be a number from 0 to 9",
                "json_timestamps|TS_EPOCH|invalid value 'TS_EPOCH' for 'json_timestamps', must be one of JSON::TS_EPOCH, "
                        + "JSON::TS_MILLIS, JSON::TS_MILLIS_UNSIGNED, JSON::TS_ISO8601",
                "seperator|x|text logs have no option 'seperator'"
            })
    void mistakesAreNamed(String option, String value, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> AsciiOptions.DEFAULTS.with(option, value));
        assertEquals(message, e.getMessage());
    }
}
