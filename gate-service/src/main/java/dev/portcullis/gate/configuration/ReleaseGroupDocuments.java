package dev.portcullis.gate.configuration;

import dev.portcullis.gate.group.GroupMember;
import dev.portcullis.gate.group.ReleaseGroup;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.KeyDescription;
import dev.portcullis.kit.configuration.YamlMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The reader of documents of kind ReleaseGroup. Stateless. */
final class ReleaseGroupDocuments {
    private static final String KIND = "ReleaseGroup";
    private static final String LABEL = "the name of a label, without '=' and ','";
    private static final String MEMBERS = "two or more, of which no release is of two";
    private static final String SERVICE = "one that a ReleasePolicy is for";

    private ReleaseGroupDocuments() {}

    /**
     * The groups, in the order of the documents.
     *
     * @param services that have a policy: a member of any other would be waited for in vain
     */
    static List<ReleaseGroup> parse(List<ConfigurationDocument> documents, Set<String> services, Faults faults) {
        List<GroupMember> all = new ArrayList<>();
        return documents.stream()
                .filter(document -> document.kind().equals(KIND))
                .map(document -> read(document, services, all, faults))
                .toList();
    }

    private static ReleaseGroup read(
            ConfigurationDocument document, Set<String> services, List<GroupMember> all, Faults faults) {
        var spec = document.spec();
        spec.describe("label", KeyDescription.REQUIRED, LABEL);
        var label = spec.text("label");
        if (!label.isEmpty() && !label.matches("[^=,]+")) {
            spec.fault("label", "spec.label is '" + label + "'; legal: " + LABEL);
        }
        var inOrder = spec.flag("inOrder", false);
        spec.describe("members", KeyDescription.REQUIRED, MEMBERS);
        List<GroupMember> members = new ArrayList<>();
        for (var item : spec.mappings("members")) {
            members.add(member(item, services, all));
        }
        if (members.size() < 2) {
            faults.add(spec, "spec.members has " + members.size() + "; legal: " + MEMBERS);
        }
        spec.rejectUnknown();
        return new ReleaseGroup(document.name(), label, members, inOrder);
    }

    private static GroupMember member(YamlMapping item, Set<String> services, List<GroupMember> all) {
        item.describe("service", KeyDescription.REQUIRED, SERVICE);
        var service = item.text("service");
        if (!service.isEmpty() && !services.contains(service)) {
            item.fault("service", item.path("service") + " is '" + service + "', which no ReleasePolicy is for");
        }
        item.describe("namespace", "any", "");
        item.describe("rollout", "any", "");
        var member = new GroupMember(
                service,
                item.optionalText("namespace").orElse(""),
                item.optionalText("rollout").orElse(""));
        all.stream()
                .filter(member::overlaps)
                .findFirst()
                .ifPresent(
                        other -> item.fault(
                                "service",
                                item.path("service") + " names " + member.shown()
                                        + ", and another member, of this group or another, " + other.shown()
                                        + ": a release would be of both; keep one, or tell them apart by namespace or rollout"));
        all.add(member);
        item.rejectUnknown();
        return member;
    }
}
