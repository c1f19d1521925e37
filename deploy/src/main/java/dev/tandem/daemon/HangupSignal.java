package dev.tandem.daemon;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, which ends a Java process that does not take it. The JDK's only way to take it is {@code sun.misc.Signal}, which
 * compilers warn of, hence by reflection.
 */
final class HangupSignal {
    private HangupSignal() {}

    /**
     * Has something done at each SIGHUP, on a thread of the JVM's. Where the JVM does not let it, SIGHUP goes on to end the run
     * in order, as SIGTERM does.
     */
    static void take(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    HangupSignal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        switch (method.getName()) {
                            case "handle" -> action.run();
                            case "hashCode" -> {
                                return System.identityHashCode(self);
                            }
                            case "equals" -> {
                                return args != null && args[0] == self;
                            }
                            default -> {
                                return "the handler of SIGHUP";
                            }
                        }
                        return null;
                    });
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InstantiationException
                | InvocationTargetException e) {
            LoggerFactory.getLogger(HangupSignal.class).info("SIGHUP cannot be taken: {}", e.toString());
        }
    }
}
