package dev.tandem.script.opaque;

import dev.tandem.core.value.Bytes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of many words occur anywhere in an input, in one pass (Aho and Corasick 1975). Nodes are the prefixes of
 * the words, node 0 the empty one; edges are kept in one open-addressing table, as most nodes have a single edge.
 */
final class WordFinder {
    private static final int NONE = -1;

    private long[] edgeKeys = new long[64];
    private int[] edgeTargets = new int[64];
    private int edges;

    private int nodes = 1;
    /** For each node the longest proper suffix that is a node too. */
    private int[] suffix;
    /** For each node the word that ends there, or {@link #NONE}. */
    private int[] wordAt = new int[64];
    /** For each node its longest proper suffix that is a word, or {@link #NONE}. */
    private int[] wordSuffix;

    /** Finds {@code words}, which are different from each other and not empty, by their index. */
    WordFinder(List<Bytes> words) {
        Arrays.fill(edgeKeys, NONE);
        Arrays.fill(wordAt, NONE);
        for (int word = 0; word < words.size(); word++) {
            insert(words.get(word), word);
        }
        suffix = new int[nodes];
        wordSuffix = new int[nodes];
        linkSuffixes(words);
    }

    private void insert(Bytes word, int index) {
        int node = 0;
        for (int i = 0; i < word.length(); i++) {
            int next = edge(node, word.at(i));
            if (next == NONE) {
                next = nodes++;
                addEdge(node, word.at(i), next);
            }
            node = next;
        }
        if (nodes > wordAt.length) {
            int before = wordAt.length;
            wordAt = Arrays.copyOf(wordAt, nodes * 2);
            Arrays.fill(wordAt, before, wordAt.length, NONE);
        }
        wordAt[node] = index;
    }

    /** Shorter prefixes first, so that each finds its parent linked. */
    private void linkSuffixes(List<Bytes> words) {
        wordSuffix[0] = NONE;
        ArrayDeque<int[]> queue = new ArrayDeque<>();
        for (int word = 0; word < words.size(); word++) {
            queue.add(new int[] {word, 0, 0});
        }
        BitSet linked = new BitSet(nodes);
        while (!queue.isEmpty()) {
            int[] at = queue.remove();
            Bytes word = words.get(at[0]);
            int parent = at[1];
            int depth = at[2];
            int value = word.at(depth);
            int node = edge(parent, value);
            if (!linked.get(node)) {
                linked.set(node);
                suffix[node] = parent == 0 ? 0 : step(suffix[parent], value);
                int shorter = suffix[node];
                wordSuffix[node] = wordAt[shorter] != NONE ? shorter : wordSuffix[shorter];
            }
            if (depth + 1 < word.length()) {
                queue.add(new int[] {at[0], node, depth + 1});
            }
        }
    }

    /** Sets in {@code found} the index of each word that occurs in {@code input}. */
    void find(Bytes input, BitSet found) {
        int node = 0;
        for (int i = 0; i < input.length(); i++) {
            node = step(node, input.at(i));
            int ending = wordAt[node] != NONE ? node : wordSuffix[node];
            while (ending != NONE && !found.get(wordAt[ending])) {
                found.set(wordAt[ending]);
                ending = wordSuffix[ending];
            }
        }
    }

    private int step(int from, int value) {
        int node = from;
        while (true) {
            int next = edge(node, value);
            if (next != NONE) {
                return next;
            }
            if (node == 0) {
                return 0;
            }
            node = suffix[node];
        }
    }

    private int edge(int node, int value) {
        long key = (long) node << 8 | value;
        int mask = edgeKeys.length - 1;
        for (int slot = slot(key, mask); ; slot = slot + 1 & mask) {
            if (edgeKeys[slot] == key) {
                return edgeTargets[slot];
            }
            if (edgeKeys[slot] == NONE) {
                return NONE;
            }
        }
    }

    private static int slot(long key, int mask) {
        return (int) (key * 0x9e3779b97f4a7c15L >>> 32) & mask;
    }

    private void addEdge(int node, int value, int target) {
        if (++edges * 2 > edgeKeys.length) {
            growEdges();
        }
        place((long) node << 8 | value, target);
    }

    private void place(long key, int target) {
        int mask = edgeKeys.length - 1;
        int slot = slot(key, mask);
        while (edgeKeys[slot] != NONE) {
            slot = slot + 1 & mask;
        }
        edgeKeys[slot] = key;
        edgeTargets[slot] = target;
    }

    private void growEdges() {
        long[] oldKeys = edgeKeys;
        int[] oldTargets = edgeTargets;
        edgeKeys = new long[oldKeys.length * 2];
        edgeTargets = new int[oldKeys.length * 2];
        Arrays.fill(edgeKeys, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NONE) {
                place(oldKeys[i], oldTargets[i]);
            }
        }
    }
}
