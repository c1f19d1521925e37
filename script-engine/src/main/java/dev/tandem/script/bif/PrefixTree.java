package dev.tandem.script.bif;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * IPv4 addresses and what stands for them, so that two that begin with the same bits are given two that do (tcpdpriv's -A50,
 * as Zeek's {@code src/Anon.cc} has it). A binary tree of the addresses seen so far: an inner node repeats its right child's
 * pair. What replaces an address depends on the order in which addresses come.
 */
final class PrefixTree {
    private static final class Node {
        int input;
        int output;

        @Nullable
        Node left;

        @Nullable
        Node right;

        Node(int input, int output) {
            this.input = input;
            this.output = output;
        }
    }

    private final IntSupplier random;
    private @Nullable Node root;

    /** @param random 32 random bits at a time */
    PrefixTree(IntSupplier random) {
        this.random = random;
    }

    /** What stands for an address; 0.0.0.0 and 255.255.255.255 for themselves. */
    int output(int input) {
        return isSpecial(input) ? input : find(input).output;
    }

    /** Lets the first {@code bits} of addresses that begin as {@code input} does stand for themselves. */
    void preserve(int input, int bits) {
        int mask = bits == 0 ? 0 : -1 << 32 - bits;
        int prefix = input & mask;
        if (bits > 0 && !isSpecial(prefix)) {
            Node n = find(prefix);
            n.output = bits == 32 ? prefix : prefix | random.getAsInt() & ~mask;
        }
    }

    private static boolean isSpecial(int input) {
        return input == 0 || input == -1;
    }

    private Node find(int input) {
        Node n = root;
        if (n == null) {
            n = new Node(input, random.getAsInt());
            root = n;
        }
        while (n.input != input) {
            Node left = n.left;
            Node right = n.right;
            if (left == null || right == null) {
                return split(n, input);
            }
            int fork = Integer.numberOfLeadingZeros(left.input ^ right.input);
            if (Integer.numberOfLeadingZeros(input ^ n.input) < fork) {
                return split(n, input);
            }
            n = bit(input, fork) == 0 ? left : right;
        }
        return n;
    }

    /** Puts a new address beside all that is below a node, at the first bit in which they differ. */
    private Node split(Node n, int input) {
        int fork = Integer.numberOfLeadingZeros(input ^ n.input);
        Node added = new Node(input, fork == 31 ? n.output ^ 1 : turned(n.output, fork));
        Node before = new Node(n.input, n.output);
        before.left = n.left;
        before.right = n.right;
        boolean right = bit(input, fork) == 1;
        n.left = right ? before : added;
        n.right = right ? added : before;
        n.input = n.right.input;
        n.output = n.right.output;
        return added;
    }

    /** The bits before {@code fork} kept, that bit turned, the rest random. */
    private int turned(int output, int fork) {
        int kept = (output >>> 31 - fork ^ 1) << 31 - fork;
        return kept | (random.getAsInt() & 0x7fff_ffff) >>> fork + 1;
    }

    private static int bit(int address, int index) {
        return address >>> 31 - index & 1;
    }
}
