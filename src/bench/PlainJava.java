import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the scripts beside it do, as one would write it in Java: {@code java PlainJava.java NAME N}. */
final class PlainJava {
    private PlainJava() {}

    private record Service(long address, int port) {}

    private static final class Connection {
        final long host;
        final Service service;
        long ticks;

        Connection(long host, Service service) {
            this.host = host;
            this.service = service;
        }
    }

    private record Tick(Connection c, long i) {}

    public static void main(String[] args) {
        long n = Long.parseLong(args[1]);
        Object result = switch (args[0]) {
            case "fib" -> fibs(n);
            case "loop" -> loop(n);
            case "endpoints" -> endpoints(n);
            case "strings" -> strings(n);
            case "events" -> events(n);
            case "format" -> format(n);
            case "patterns" -> patterns(n);
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.out.println(result);
    }

    private static long fib(long x) {
        return Long.compareUnsigned(x, 2) < 0 ? x : fib(x - 1) + fib(x - 2);
    }

    private static long fibs(long n) {
        long sum = 0;
        for (long i = 0; i < n; i++) {
            sum += fib(30);
        }
        return sum;
    }

    private static long loop(long n) {
        long sum = 0;
        for (long i = 0; Long.compareUnsigned(i, n) < 0; i++) {
            sum += i % 3;
        }
        return sum;
    }

    private static long endpoints(long n) {
        Map<Service, Long> seen = new HashMap<>();
        long hits = 0;
        for (long i = 0; i < n; i++) {
            Service key = new Service(167772160 + i % 100003, (int) (i % 4 + 1));
            Long old = seen.get(key);
            if (old != null) {
                hits += old;
            } else {
                seen.put(key, 1L);
            }
        }
        return hits;
    }

    private static long strings(long n) {
        Map<String, Long> seen = new HashMap<>();
        for (long i = 0; i < n; i++) {
            seen.put("key " + i, i);
        }
        long hits = 0;
        for (long i = 0; i < n; i++) {
            Long found = seen.get("key " + i);
            hits += found == null ? 0 : found;
        }
        return hits;
    }

    private static long events(long n) {
        Map<Long, Long> byHost = new HashMap<>();
        Map<Service, Long> byService = new HashMap<>();
        ArrayDeque<Tick> queue = new ArrayDeque<>();
        for (int flow = 0; flow < 1000; flow++) {
            Connection c = new Connection(flow % 250, new Service(flow % 7, 80));
            for (long i = 0; i < n; i++) {
                queue.add(new Tick(c, i));
            }
            for (Tick t = queue.poll(); t != null; t = queue.poll()) {
                byHost.merge(t.c.host, 1L, Long::sum);
                byService.merge(t.c.service, 1L, Long::sum);
                t.c.ticks += t.i;
            }
        }
        return byHost.size() + byService.size();
    }

    private static long format(long n) {
        long length = 0;
        for (long i = 0; i < n; i++) {
            length += String.format(Locale.ROOT, "%s is number %d of %.1f", "this", i, 2.5).length();
        }
        return length;
    }

    private static long patterns(long n) {
        Pattern p = Pattern.compile("agent=(one|three)");
        byte[][] bytes = {
            "GET /index.html HTTP/1.1 Host: www.example.com agent=one".getBytes(StandardCharsets.ISO_8859_1),
            "GET /index.html HTTP/1.1 Host: www.example.com agent=two".getBytes(StandardCharsets.ISO_8859_1)
        };
        long hits = 0;
        for (long i = 0; i < n; i++) {
            // Traffic arrives as bytes.
            if (p.matcher(new String(bytes[(int) (i % 2)], StandardCharsets.ISO_8859_1)).find()) {
                hits++;
            }
        }
        return hits;
    }
}
