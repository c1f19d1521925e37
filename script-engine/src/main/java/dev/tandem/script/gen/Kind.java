package dev.tandem.script.gen;

import org.objectweb.asm.Opcodes;

/** How a value lies in a JVM variable. */
enum Kind {
    /** int and count. */
    LONG("J", Opcodes.LLOAD, Opcodes.LSTORE, Opcodes.LRETURN, 2),
    /** double, time and interval. */
    DOUBLE("D", Opcodes.DLOAD, Opcodes.DSTORE, Opcodes.DRETURN, 2),
    BOOL("Z", Opcodes.ILOAD, Opcodes.ISTORE, Opcodes.IRETURN, 1),
    REF("Ljava/lang/Object;", Opcodes.ALOAD, Opcodes.ASTORE, Opcodes.ARETURN, 1);

    final String descriptor;
    final int load;
    final int store;
    final int give;
    /** Words in a frame. */
    final int words;

    Kind(String descriptor, int load, int store, int give, int words) {
        this.descriptor = descriptor;
        this.load = load;
        this.store = store;
        this.give = give;
        this.words = words;
    }
}
