package dev.portcullis.kit.transparency;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * That one entry is in a log, for whoever has the log's key and nothing else (C2SP tlog-proof).
 *
 * @param index of the entry, from 0
 * @param hashes proof of its inclusion in the tree of the checkpoint
 */
public record TlogProof(long index, List<TreeHash> hashes, SignedNote checkpoint) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    public TlogProof {
        hashes = List.copyOf(hashes);
    }

    /**
     * Reads a proof; checks nothing that it says. Data of an application in it, which nobody vouches for, is left out.
     *
     * @throws LogFormatException when it is none
     */
    public static TlogProof parse(String text) {
        var end = text.indexOf("\n\n");
        var lines = end < 0 ? List.<String>of() : List.of(text.substring(0, end).split("\n"));
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new LogFormatException("is no proof, which begins with the line " + HEADER);
        }
        var at = lines.size() > 1 && lines.get(1).startsWith(EXTRA) ? 2 : 1;
        var index = lines.size() > at && lines.get(at).startsWith(INDEX)
                ? lines.get(at).substring(INDEX.length())
                : "";
        if (!NUMBER.matcher(index).matches()) {
            throw new LogFormatException("is no proof: the line with the index is missing");
        }
        List<TreeHash> hashes = new ArrayList<>();
        for (var line : lines.subList(at + 1, lines.size())) {
            hashes.add(TreeHash.parse(line)
                    .orElseThrow(() -> new LogFormatException("is no proof: a line behind the index is no hash")));
        }
        return new TlogProof(Long.parseLong(index), hashes, SignedNote.parse(text.substring(end + 2)));
    }

    /** As it is served and passed on. */
    public String text() {
        var text = new StringBuilder(HEADER)
                .append('\n')
                .append(INDEX)
                .append(index)
                .append('\n');
        hashes.forEach(hash -> text.append(hash.base64()).append('\n'));
        return text.append('\n').append(checkpoint.format()).toString();
    }
}
