package dev.tandem.capture;

import com.sun.jna.Pointer;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapHandle.BlockingMode;
import org.pcap4j.core.PcapHandle.TimestampPrecision;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;

/** Opens an interface by pcap4j, and says in words why it could not. */
final class LiveHandle {
    // Results of pcap_activate.
    private static final int NO_SUCH_DEVICE = -5;
    private static final int NO_PERMISSION = -8;
    private static final int NO_PROMISCUOUS_PERMISSION = -11;

    private LiveHandle() {}

    static PcapHandle open(LiveSettings settings) throws CaptureException {
        PcapHandle handle = activate(settings);
        try {
            String filter = settings.filter();
            if (filter != null && !filter.isBlank()) {
                filter(handle, filter);
            }
            handle.setBlockingMode(BlockingMode.NONBLOCKING);
            return handle;
        } catch (CaptureException e) {
            handle.close();
            throw e;
        } catch (PcapNativeException | NotOpenException e) {
            handle.close();
            throw new CaptureException(settings.interfaceName() + ": " + e.getMessage(), e);
        }
    }

    private static PcapHandle activate(LiveSettings settings) throws CaptureException {
        try {
            return new PcapHandle.Builder(settings.interfaceName())
                    .snaplen(settings.snapshotBytes())
                    .promiscuousMode(
                            settings.promiscuous() ? PromiscuousMode.PROMISCUOUS : PromiscuousMode.NONPROMISCUOUS)
                    .timeoutMillis(settings.blockMillis())
                    .bufferSize(settings.ringBytes())
                    .timestampPrecision(TimestampPrecision.NANO)
                    .build();
        } catch (PcapNativeException e) {
            throw new CaptureException(settings.interfaceName() + ": " + reason(e), e);
        }
    }

    private static String reason(PcapNativeException e) throws CaptureException {
        Integer code = e.getReturnCode();
        return switch (code == null ? 0 : code) {
            case NO_SUCH_DEVICE ->
                "no such interface; there are " + InterfaceList.read().names();
            case NO_PERMISSION, NO_PROMISCUOUS_PERMISSION ->
                "capturing needs root or the capability CAP_NET_RAW (" + e.getMessage() + ")";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static void filter(PcapHandle handle, String expression) throws CaptureException, NotOpenException {
        try {
            handle.setFilter(expression, BpfCompileMode.OPTIMIZE);
        } catch (PcapNativeException e) {
            throw new CaptureException("capture filter \"" + expression + "\": " + handle.getError(), e);
        }
    }

    /** The pcap_t behind a handle; null when pcap4j does not let it be had. */
    static @Nullable Pointer pointer(PcapHandle handle) {
        try {
            Field field = PcapHandle.class.getDeclaredField("handle");
            field.setAccessible(true);
            return (Pointer) field.get(handle);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }
}
