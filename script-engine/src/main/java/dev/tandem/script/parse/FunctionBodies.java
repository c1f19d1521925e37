package dev.tandem.script.parse;

/** Small facts about how bodies take their arguments. */
final class FunctionBodies {
    private FunctionBodies() {}

    /** Each parameter takes the argument at its own place. */
    static int[] inOrder(int params) {
        int[] order = new int[params];
        for (int i = 0; i < params; i++) {
            order[i] = i;
        }
        return order;
    }
}
