package dev.tandem.script.gen;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The generated classes of one engine. A class is made when the JVM first needs it: at the first call of its body. */
final class GeneratedClassLoader extends ClassLoader {
    /** Makes the class of a name that was promised. */
    interface Maker {
        /** Null when nobody promised one. */
        @Nullable
        GeneratedClass make(String name);
    }

    /** Is told of each class before it is used. */
    interface Listener {
        /** @param name its Java name */
        void made(String name, byte[] bytes);
    }

    private final Maker maker;
    private final Listener listener;
    private final Map<String, Object[]> constants = new HashMap<>();

    GeneratedClassLoader(Maker maker, Listener listener) {
        super("scripts", GeneratedClassLoader.class.getClassLoader());
        this.maker = maker;
        this.listener = listener;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        GeneratedClass made = maker.make(name);
        if (made == null) {
            throw new ClassNotFoundException(name);
        }
        byte[] bytes = made.finish();
        constants.put(name, made.constants());
        listener.made(name, bytes);
        return defineClass(name, bytes, 0, bytes.length);
    }

    Object[] takeConstants(String name) {
        Object[] all = constants.remove(name);
        return all == null ? new Object[0] : all;
    }
}
