package dev.tandem.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.it.AgentConnection.Answer;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A host with a stock osqueryd as far as a server can tell (osquery {@code remote/}, {@code plugins/logger/tls_logger.cpp}, {@code
 * distributed/}): enrols, and again when its key is void; fetches its configuration, logs and answers questions over a
 * connection each; keeps lines until they are acknowledged, sends the oldest first, and backs off when refused. Step by step for
 * tests, or on its own ({@link #run}).
 */
final class SimulatedHost {
    static final ObjectMapper JSON = new ObjectMapper();

    /** What a host does. */
    static final class Habits {
        boolean gzip = true;
        /** Whether requests bear the key in a header, as since osquery 5.23. */
        boolean authorizes = true;

        double configSeconds = 10;
        double loggerSeconds = 1;
        double distributedSeconds = 10;
        /** osquery's own is 600 for enrolment and 3600 for the logger; our configuration says 60. */
        double mostBackoffSeconds = 60;
        /** Share of log requests whose answers get lost. */
        double lostAnswers;
        /** How many lines a log request has at most; 0 for what the configuration says. */
        int mostLines;

        String prefix = "/api/osquery";
    }

    /** Totals of many hosts. */
    static final class Totals {
        final AtomicLong enrolments = new AtomicLong();
        final AtomicLong requests = new AtomicLong();
        final AtomicLong failures = new AtomicLong();
        final AtomicLong linesAcknowledged = new AtomicLong();
        final AtomicLong linesRefused = new AtomicLong();
        volatile Consumer<String> firstFailure = message -> {};
    }

    final String id;
    final String instance;
    private final EventLoop loop;
    private final Habits habits;
    private final Totals totals;
    private final String secret;
    private final AgentConnection config;
    private final AgentConnection logger;
    private final AgentConnection distributed;
    private final Deque<String> lines = new ArrayDeque<>();
    private volatile String key;
    private volatile JsonNode schedule = JSON.createObjectNode();
    private volatile byte[] configText = new byte[0];
    private volatile boolean stopped;
    private CompletableFuture<Void> enrolling;
    private Function<String, JsonNode> answers = sql -> JSON.createArrayNode();
    private int enrolTries;
    private int logTries;

    SimulatedHost(AgentNetwork network, String id, String instance, String secret, Habits habits, Totals totals) {
        this.id = id;
        this.instance = instance;
        this.secret = secret;
        this.habits = habits;
        this.totals = totals;
        loop = network.loop();
        config = new AgentConnection(network, loop);
        logger = new AgentConnection(network, loop);
        distributed = new AgentConnection(network, loop);
    }

    /** @param answers rows for a question's SQL: an array of objects */
    SimulatedHost answering(Function<String, JsonNode> answers) {
        this.answers = answers;
        return this;
    }

    String key() {
        return key;
    }

    /** The entries it was last told to run, by their names. */
    JsonNode schedule() {
        return schedule;
    }

    /** The configuration's bytes. */
    byte[] configText() {
        return configText;
    }

    /** Names of scheduled queries that have a word in their SQL. */
    List<String> queriesOf(String word) {
        List<String> names = new ArrayList<>();
        schedule.properties().forEach(entry -> {
            if (entry.getValue().path("query").asText().matches("(?s).*\\b" + word + "\\b.*")) {
                names.add(entry.getKey());
            }
        });
        return names;
    }

    // ---- steps

    /** Enrols with the secret it has. Fails when it is refused. */
    CompletableFuture<Void> enroll() {
        ObjectNode body = JSON.createObjectNode();
        body.put("enroll_secret", secret).put("host_identifier", id).put("platform_type", "9");
        ObjectNode details = body.putObject("host_details");
        details.putObject("osquery_info")
                .put("instance_id", instance)
                .put("version", "5.23.1")
                .put("uuid", id);
        details.putObject("system_info").put("hostname", id).put("uuid", id);
        details.putObject("os_version").put("name", "Debian GNU/Linux").put("version", "12");
        byte[] text = body.toString().getBytes(StandardCharsets.UTF_8);
        return config.post(habits.prefix + "/enroll", text, null, false).thenAccept(answer -> {
            // The key is all that osquery looks at here.
            String given = object(answer).path("node_key").asText("");
            if (given.isEmpty()) {
                throw new Refused(
                        "enrolment refused: " + object(answer).path("error").asText());
            }
            totals.enrolments.incrementAndGet();
            key = given;
        });
    }

    /** An answer that osquery takes for a failure. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /** Fetches the configuration; enrols (again) when it has no key (any more). */
    CompletableFuture<Void> fetchConfig() {
        return withKey(() -> config.post(habits.prefix + "/config", keyOnly(), header(), false)
                .thenAccept(answer -> {
                    JsonNode document = checked(answer);
                    if (!java.util.Arrays.equals(configText, answer.body())) {
                        configText = answer.body();
                        schedule = document.path("schedule");
                    }
                }));
    }

    /** Has a line stored until it is acknowledged. */
    void log(String line) {
        synchronized (lines) {
            lines.addLast(line);
        }
    }

    int unacknowledged() {
        synchronized (lines) {
            return lines.size();
        }
    }

    /** Sends the oldest lines, once; they go when they are acknowledged. */
    CompletableFuture<Void> flush() {
        List<String> batch = new ArrayList<>();
        int most = habits.mostLines > 0 ? habits.mostLines : 1024;
        synchronized (lines) {
            for (Iterator<String> each = lines.iterator(); each.hasNext() && batch.size() < most; ) {
                batch.add(each.next());
            }
        }
        return batch.isEmpty() ? CompletableFuture.completedFuture(null) : withKey(() -> send("result", batch));
    }

    /** Sends lines of a kind, once. */
    CompletableFuture<Void> send(String type, List<String> batch) {
        byte[] body = logBody(key, type, batch);
        CompletableFuture<Answer> sent = logger.post(habits.prefix + "/log", body, header(), habits.gzip);
        boolean lost = habits.lostAnswers > 0 && ThreadLocalRandom.current().nextDouble() < habits.lostAnswers;
        return sent.thenAccept(answer -> {
            if (lost) {
                logger.close();
                throw new Refused("the answer is lost");
            }
            checked(answer);
            totals.linesAcknowledged.addAndGet(batch.size());
            synchronized (lines) {
                if (type.equals("result")) {
                    for (int i = 0; i < batch.size() && !lines.isEmpty(); i++) {
                        lines.removeFirst();
                    }
                }
            }
        });
    }

    static byte[] logBody(String key, String type, List<String> batch) {
        StringBuilder text = new StringBuilder(batch.size() * 512);
        text.append("{\"node_key\":\"")
                .append(key)
                .append("\",\"log_type\":\"")
                .append(type)
                .append("\",\"data\":[");
        for (int i = 0; i < batch.size(); i++) {
            text.append(i == 0 ? "" : ",").append(batch.get(i));
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Fetches questions and answers them; returns how many there were. */
    CompletableFuture<Integer> answerQuestions() {
        return fetchQuestions().thenCompose(questions -> {
            int count = questions.size();
            return count == 0
                    ? CompletableFuture.completedFuture(0)
                    : writeAnswers(questions).thenApply(done -> count);
        });
    }

    /** Questions by id. */
    CompletableFuture<JsonNode> fetchQuestions() {
        CompletableFuture<JsonNode> questions = new CompletableFuture<>();
        withKey(() -> distributed
                        .post(habits.prefix + "/distributed/read", keyOnly(), header(), false)
                        .thenAccept(answer -> questions.complete(checked(answer).path("queries"))))
                .whenComplete((done, e) -> {
                    if (e != null) {
                        questions.completeExceptionally(e);
                    }
                });
        return questions;
    }

    CompletableFuture<Void> writeAnswers(JsonNode questions) {
        ObjectNode body = JSON.createObjectNode().put("node_key", key);
        ObjectNode queries = body.putObject("queries");
        ObjectNode statuses = body.putObject("statuses");
        questions.properties().forEach(question -> {
            queries.set(question.getKey(), answers.apply(question.getValue().asText()));
            statuses.put(question.getKey(), 0);
        });
        return writeAnswers(body);
    }

    /** Sends answers as they are. */
    CompletableFuture<Void> writeAnswers(ObjectNode body) {
        byte[] text = body.toString().getBytes(StandardCharsets.UTF_8);
        return distributed
                .post(habits.prefix + "/distributed/write", text, header(), false)
                .thenAccept(this::checked);
    }

    private String header() {
        return habits.authorizes ? key : null;
    }

    private byte[] keyOnly() {
        return JSON.createObjectNode().put("node_key", key).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What osquery makes of an answer: empty is success, {@code error} failure, and a void key is forgotten. */
    private JsonNode checked(Answer answer) {
        JsonNode body = object(answer);
        if (body.path("node_invalid").asBoolean()) {
            key = null;
            throw new Refused("node_invalid");
        }
        if (body.has("error")) {
            throw new Refused(body.path("error").asText());
        }
        return body;
    }

    private JsonNode object(Answer answer) {
        totals.requests.incrementAndGet();
        JsonNode body;
        try {
            body = answer.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new Refused("not JSON: " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        if (!body.isObject()) {
            throw new AssertionError("an answer that crashes osquery: " + body);
        }
        return body;
    }

    private CompletableFuture<Void> withKey(java.util.function.Supplier<CompletableFuture<Void>> step) {
        if (key != null) {
            return step.get();
        }
        CompletableFuture<Void> enrolled;
        synchronized (this) {
            if (enrolling == null || enrolling.isDone()) {
                enrolling = enroll();
            }
            enrolled = enrolling;
        }
        return enrolled.thenCompose(done -> step.get());
    }

    // ---- on its own

    /** Begins to poll and log as osqueryd does, until {@link #stop}. */
    void run() {
        double splay = ThreadLocalRandom.current().nextDouble();
        later(splay * Math.min(habits.configSeconds, 10), this::configTurn);
        later(splay * habits.loggerSeconds + 1, this::loggerTurn);
        later(splay * habits.distributedSeconds + 2, this::distributedTurn);
    }

    void stop() {
        stopped = true;
        config.close();
        logger.close();
        distributed.close();
    }

    private void configTurn() {
        step(fetchConfig(), good -> {
            enrolTries = good ? 0 : enrolTries + 1;
            later(
                    good ? habits.configSeconds : Math.min(habits.mostBackoffSeconds, enrolTries * enrolTries),
                    this::configTurn);
        });
    }

    private void loggerTurn() {
        step(flush(), good -> {
            logTries = good ? 0 : logTries + 1;
            double backoff = Math.min(habits.mostBackoffSeconds, habits.loggerSeconds * logTries * logTries);
            later(good ? habits.loggerSeconds : backoff, this::loggerTurn);
        });
    }

    private void distributedTurn() {
        step(answerQuestions(), good -> later(habits.distributedSeconds, this::distributedTurn));
    }

    private void step(CompletableFuture<?> running, Consumer<Boolean> then) {
        running.whenComplete((done, e) -> {
            if (e != null && !stopped) {
                totals.failures.incrementAndGet();
                totals.firstFailure.accept(String.valueOf(e.getMessage()));
            }
            if (!stopped) {
                then.accept(e == null);
            }
        });
    }

    private void later(double seconds, Runnable turn) {
        if (!stopped && !loop.isShuttingDown()) {
            loop.schedule(turn, (long) (seconds * 1e9), TimeUnit.NANOSECONDS);
        }
    }
}
