package dev.portcullis.gate.group;

import dev.portcullis.gate.release.ReleaseDetails;
import dev.portcullis.gate.release.ReleaseKey;
import java.util.List;
import java.util.Optional;

/**
 * Services whose releases of one change are promoted together, and aborted together. Which releases are of one change a label of theirs says.
 *
 * @param name of the document
 * @param label the name of that label
 * @param members two or more, of which no release is of two
 * @param inOrder whether they are promoted in the order of the list
 */
public record ReleaseGroup(String name, String label, List<GroupMember> members, boolean inOrder) {
    /** What records call the rule that holds a release for its group. */
    public static final String RULE = "releaseGroup";

    public ReleaseGroup {
        members = List.copyOf(members);
    }

    /** The member that a release is one of; empty when it is none of this group. */
    public Optional<GroupMember> member(ReleaseKey release) {
        return members.stream().filter(member -> member.has(release)).findFirst();
    }

    /** The change that a release is of, {@code label=value}; empty when nobody has told it. */
    public Optional<String> change(ReleaseDetails details) {
        return Optional.ofNullable(details.labels().get(label)).map(value -> label + "=" + value);
    }

    /** The services of its members, each once. */
    public List<String> services() {
        return members.stream().map(GroupMember::service).distinct().toList();
    }
}
