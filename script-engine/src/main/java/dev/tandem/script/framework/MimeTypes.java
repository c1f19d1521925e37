package dev.tandem.script.framework;

import dev.tandem.core.value.Bytes;
import dev.tandem.script.pattern.PatternSet;
import dev.tandem.script.pattern.StreamMatcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of file some bytes begin, by a table of what files begin with ({@code mime-types.txt}); all patterns in one
 * pass. One per engine; engine thread.
 */
public final class MimeTypes {
    /** A kind the bytes may be of; the larger the strength, the surer. */
    public record Match(int strength, String type) {}

    private final List<Match> kinds = new ArrayList<>();
    private @Nullable StreamMatcher matcher;

    /** Reads the table: only when somebody asks. */
    private StreamMatcher load() {
        List<String> patterns = new ArrayList<>();
        try (InputStream in = MimeTypes.class.getResourceAsStream("mime-types.txt")) {
            if (in == null) {
                throw new IllegalStateException("the table of MIME types is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split("\\s+", 3);
                    kinds.add(new Match(Integer.parseInt(parts[0]), parts[1]));
                    patterns.add(parts[2]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return PatternSet.ofSignatures(patterns).matcher();
    }

    /** All kinds that the bytes may be of, the surest first; empty when none is known. */
    public List<Match> of(Bytes begin) {
        StreamMatcher m = matcher;
        if (m == null) {
            m = load();
            matcher = m;
        }
        m.reset();
        m.feed(begin.array(), 0, begin.length(), true, true);
        List<Match> found = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            if (m.hasMatched(i)) {
                found.add(kinds.get(i));
            }
        }
        found.sort(Comparator.comparingInt(Match::strength).reversed().thenComparing(Match::type));
        return found;
    }
}
