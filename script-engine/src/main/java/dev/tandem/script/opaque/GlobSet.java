package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Many globs matched against one input: the state of {@code opaque of paraglob}. One pass finds which of the globs'
 * longest literal parts occur in the input; only globs whose part does are then looked at. Globs are those of {@code
 * fnmatch}; unlike Zeek's paraglob, which offers every glob without a literal part as a match, {@code ?} matches inputs
 * of one byte only. The empty glob matches nothing. Immutable.
 */
public final class GlobSet {
    private record Entry(Bytes text, Glob glob) {}

    private final Set<Bytes> texts = new LinkedHashSet<>();
    private final WordFinder words;
    private final List<List<Entry>> byWord = new ArrayList<>();
    private final List<Entry> wordless = new ArrayList<>();

    /** A set of {@code globs}; further occurrences of the same glob count for nothing. */
    public GlobSet(List<Bytes> globs) {
        Map<Bytes, Integer> wordIndex = new HashMap<>();
        List<Bytes> wordList = new ArrayList<>();
        for (Bytes text : globs) {
            if (text.isEmpty() || !texts.add(text)) {
                continue;
            }
            Entry entry = new Entry(text, new Glob(text));
            Bytes word = entry.glob.longestLiteral();
            if (word.isEmpty()) {
                wordless.add(entry);
                continue;
            }
            Integer index = wordIndex.get(word);
            if (index == null) {
                index = wordList.size();
                wordIndex.put(word, index);
                wordList.add(word);
                byWord.add(new ArrayList<>());
            }
            byWord.get(index).add(entry);
        }
        words = new WordFinder(wordList);
    }

    /** The globs that match all of {@code input}, in bytewise order. */
    public List<Bytes> matching(Bytes input) {
        TreeSet<Bytes> matching = new TreeSet<>();
        BitSet found = new BitSet(byWord.size());
        words.find(input, found);
        for (int word = found.nextSetBit(0); word >= 0; word = found.nextSetBit(word + 1)) {
            addMatching(byWord.get(word), input, matching);
        }
        addMatching(wordless, input, matching);
        return List.copyOf(matching);
    }

    private static void addMatching(List<Entry> entries, Bytes input, Set<Bytes> matching) {
        for (Entry entry : entries) {
            if (entry.glob.matches(input)) {
                matching.add(entry.text);
            }
        }
    }

    /** Whether both hold the same globs. */
    public boolean sameGlobsAs(GlobSet other) {
        return texts.equals(other.texts);
    }
}
