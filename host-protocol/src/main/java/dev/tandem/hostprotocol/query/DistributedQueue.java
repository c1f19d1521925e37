package dev.tandem.hostprotocol.query;

import dev.tandem.core.host.HostQuery;
import dev.tandem.hostprotocol.enroll.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Questions asked once, on their way to hosts. A host fetches its questions and is given each on lease: osquery does not
 * remember what it was given, so it is given the same only when no answer has come for as long. The first answer counts;
 * later ones, and those to questions that have timed out, are thrown away. Any thread.
 */
public final class DistributedQueue {
    /** Seconds for which a question handed out is not handed out again. */
    private static final double LEASE = 90;

    /** Questions that may wait for one host. */
    private static final int MOST_WAITING = 1000;

    /** A question that has found its answer, or never will. */
    public record Asked(Node node, HostQuery query) {}

    private static final class Question {
        final Asked asked;
        final double until;
        double leasedUntil;

        Question(Asked asked, double until) {
            this.asked = asked;
            this.until = until;
        }
    }

    private final Map<Long, Map<String, Question>> waiting = new HashMap<>();
    private final String prefix;
    private long asked;

    /** @param prefix sets this run's questions apart from others' */
    public DistributedQueue(String prefix) {
        this.prefix = prefix;
    }

    /**
     * Asks a host.
     *
     * @param until when the answer is given up, seconds since 1970
     * @return false when too many questions wait for it already
     */
    public synchronized boolean ask(Node node, HostQuery query, double until) {
        Map<String, Question> questions = waiting.computeIfAbsent(node.id(), n -> new LinkedHashMap<>());
        if (questions.size() >= MOST_WAITING) {
            return false;
        }
        questions.put(prefix + ++asked, new Question(new Asked(node, query), until));
        return true;
    }

    /** What a host is to answer now, SQL by id, oldest first; empty when there is nothing. */
    public synchronized Map<String, String> handOut(Node node, double now) {
        Map<String, Question> questions = waiting.get(node.id());
        if (questions == null) {
            return Map.of();
        }
        Map<String, String> given = new LinkedHashMap<>();
        questions.forEach((id, question) -> {
            if (question.leasedUntil <= now && question.until > now) {
                question.leasedUntil = now + LEASE;
                given.put(id, question.asked.query().sql());
            }
        });
        return given;
    }

    /** A host answers. Null when nobody waits for that (any more). */
    public synchronized @Nullable Asked answer(Node node, String id) {
        Map<String, Question> questions = waiting.get(node.id());
        Question question = questions == null ? null : questions.remove(id);
        if (questions != null && questions.isEmpty()) {
            waiting.remove(node.id());
        }
        return question == null ? null : question.asked;
    }

    /** Takes out the questions that have waited too long, oldest first. */
    public synchronized List<Asked> expire(double now) {
        List<Asked> late = new ArrayList<>();
        waiting.values().removeIf(questions -> {
            questions.values().removeIf(question -> {
                boolean gone = question.until <= now;
                if (gone) {
                    late.add(question.asked);
                }
                return gone;
            });
            return questions.isEmpty();
        });
        return late;
    }
}
