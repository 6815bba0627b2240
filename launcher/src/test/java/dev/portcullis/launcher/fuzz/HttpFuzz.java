package dev.portcullis.launcher.fuzz;

import dev.portcullis.launcher.fuzz.HttpAnswer.BrokenAnswerException;
import dev.portcullis.launcher.fuzz.HttpInputs.HttpInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;

/** Sends requests over HTTP, several by a connection and some before the answer to the one before, and looks at the answers. Used by one thread. */
final class HttpFuzz {
    private static final int BY_CONNECTION = 50;
    private static final int AT_ONCE = 5;

    private final int port;
    private final HttpInputs inputs;
    private final Draw draw;
    private final Names names;
    private final Findings findings;
    private final Duration limit;
    private String before = "";

    HttpFuzz(int port, HttpInputs inputs, Draw draw, Names names, Findings findings, Duration limit) {
        this.port = port;
        this.inputs = inputs;
        this.draw = draw;
        this.names = names;
        this.findings = findings;
        this.limit = limit;
    }

    /** A connection with its requests. */
    void connect() throws IOException {
        before = "";
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
            var in = new BufferedInputStream(socket.getInputStream());
            var open = true;
            for (int sent = 0; sent < BY_CONNECTION && open; ) {
                var together = new ArrayList<HttpInput>();
                for (int i = draw.oneIn(4) ? draw.number(AT_ONCE) : 0; i >= 0; i--) {
                    together.add(inputs.next());
                }
                sent += together.size();
                open = exchange(socket, in, together);
            }
        }
    }

    private boolean exchange(Socket socket, BufferedInputStream in, ArrayList<HttpInput> together) throws IOException {
        var out = socket.getOutputStream();
        var sent = new ArrayList<HttpInput>();
        var begin = System.nanoTime();
        try {
            for (var input : together) {
                sent.add(input);
                out.write(input.bytes());
                if (!input.whole()) {
                    socket.shutdownOutput();
                    break;
                }
            }
        } catch (IOException e) {
            // Whoever is told that his connection ends is not heard further.
        }
        for (var input : sent) {
            if (!answered(in, input, sent.size() > 1)) {
                return false;
            }
            findings.answered(begin);
        }
        return true;
    }

    /** Whether more can be asked. */
    private boolean answered(BufferedInputStream in, HttpInput input, boolean behindOthers) {
        try {
            var answer = HttpAnswer.read(in, input.head());
            while (answer.isPresent() && answer.get().status() < 200) {
                answer = HttpAnswer.read(in, input.head());
            }
            if (answer.isEmpty()) {
                closed(input, behindOthers);
                return false;
            }
            look(answer.get(), input);
            return input.whole() && !answer.get().closes();
        } catch (SocketTimeoutException e) {
            findings.add("no answer over HTTP within " + limit, input.bytes());
        } catch (BrokenAnswerException e) {
            findings.add(String.valueOf(e.getMessage()), input.bytes());
        } catch (IOException e) {
            // Who has sent what is no request may find his connection reset.
            closed(input, behindOthers);
        }
        return false;
    }

    private void closed(HttpInput input, boolean behindOthers) {
        if (input.whole() && !behindOthers) {
            findings.add("a connection over HTTP that ended without an answer, after " + before, input.bytes());
        } else {
            findings.count("HTTP", "closed");
        }
    }

    private void look(HttpAnswer answer, HttpInput input) {
        findings.count("HTTP", String.valueOf(answer.status()));
        before = answer.status() + " to "
                + new String(input.bytes(), StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", "~");
        var text = answer.text();
        names.learn(text);
        findings.check("an answer over HTTP", answer.headers() + text, input.bytes());
        // 505 is a fault of the caller's: HTTP of a version that is not spoken here.
        var told = answer.status() < 500 || answer.status() == 505 || answer.status() == 503 && !text.isEmpty();
        if (!"nosniff".equals(answer.headers().get("x-content-type-options"))) {
            findings.add("an answer over HTTP without security headers", input.bytes());
        }
        if (!told) {
            findings.add("HTTP " + answer.status() + " " + text, input.bytes());
        }
    }
}
