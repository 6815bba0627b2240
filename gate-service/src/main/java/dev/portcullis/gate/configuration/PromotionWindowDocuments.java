package dev.portcullis.gate.configuration;

import dev.portcullis.gate.calendar.PromotionWindow;
import dev.portcullis.gate.calendar.PromotionWindow.Effect;
import dev.portcullis.gate.calendar.Schedule;
import dev.portcullis.kit.configuration.ConfigurationDocument;
import dev.portcullis.kit.configuration.Faults;
import dev.portcullis.kit.configuration.YamlMapping;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The reader of documents of kind PromotionWindow. Stateless. */
final class PromotionWindowDocuments {
    private static final String KIND = "PromotionWindow";
    private static final String ALL = "*";
    private static final String LOCAL_TIME = "a date and time of day without a zone, such as 2027-11-26T00:00";
    private static final String ZONE = "a zone of the IANA database, such as Europe/Berlin or UTC";
    private static final String RULE = "an RRULE of RFC 5545, daily or rarer, such as FREQ=WEEKLY;BYDAY=FR";
    private static final String REASON = "1 to 200 characters";
    private static final Duration LONGEST_LEAD = Duration.ofDays(30);

    private PromotionWindowDocuments() {}

    /**
     * The windows, in the order of the documents.
     *
     * @param services that have a policy: a window for any other is a fault, since a misspelt freeze freezes nothing
     */
    static List<PromotionWindow> parse(List<ConfigurationDocument> documents, Set<String> services, Faults faults) {
        return documents.stream()
                .filter(document -> document.kind().equals(KIND))
                .flatMap(document -> read(document, services, faults).stream())
                .toList();
    }

    private static Optional<PromotionWindow> read(ConfigurationDocument document, Set<String> services, Faults faults) {
        var spec = document.spec();
        var effect = effect(spec, faults);
        var concerned = services(spec, services, faults);
        spec.describe("reason", "", REASON);
        var reason = spec.text("reason");
        if (reason.codePointCount(0, reason.length()) > 200) {
            spec.fault("reason", "spec.reason has more than 200 characters; legal: " + REASON);
        }
        var leadTime = spec.duration("leadTime", Duration.ZERO, Duration.ZERO, LONGEST_LEAD);
        if (effect == Effect.ALLOW && spec.has("leadTime")) {
            spec.fault(
                    "leadTime", "spec.leadTime is for windows of kind Deny, before whose beginning it holds deploys");
        }
        var schedule = schedule(spec);
        spec.rejectUnknown();
        return schedule.map(times -> new PromotionWindow(document.name(), effect, concerned, reason, leadTime, times));
    }

    private static Effect effect(YamlMapping spec, Faults faults) {
        spec.describe("kind", "required", "");
        var word = spec.choice("kind", List.of(Effect.DENY.word(), Effect.ALLOW.word()));
        if (!spec.has("kind")) {
            faults.add(spec, "spec.kind is missing; legal: Deny, Allow");
        }
        return word.filter(Effect.ALLOW.word()::equals).isPresent() ? Effect.ALLOW : Effect.DENY;
    }

    private static List<String> services(YamlMapping spec, Set<String> known, Faults faults) {
        spec.describe("services", "required", "one or more; '*' stands for all");
        var services = spec.texts("services");
        if (services.isEmpty()) {
            faults.add(spec, "spec.services is missing or empty; legal: one or more, or '*' for all");
        }
        for (var service : services) {
            if (!service.equals(ALL) && !known.contains(service)) {
                spec.fault("services", "spec.services names '" + service + "', which no ReleasePolicy is for");
            }
        }
        return services;
    }

    private static Optional<Schedule> schedule(YamlMapping spec) {
        spec.describe("tzid", "", ZONE);
        var zone = zone(spec, spec.text("tzid"));
        var start = time(spec, "dtstart");
        var end = time(spec, "dtend");
        spec.describe("rrule", "none: once", RULE);
        var rule = spec.optionalText("rrule");
        if (zone.isEmpty() || start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (!end.get().isAfter(start.get())) {
            spec.fault("dtend", "spec.dtend is " + end.get() + ", which is not after spec.dtstart, " + start.get());
            return Optional.empty();
        }
        return rule.isEmpty()
                ? Optional.of(Schedule.once(zone.get(), start.get(), end.get()))
                : recurring(spec, zone.get(), start.get(), end.get(), rule.get());
    }

    private static Optional<Schedule> recurring(
            YamlMapping spec, ZoneId zone, LocalDateTime start, LocalDateTime end, String rule) {
        try {
            return Optional.of(Schedule.recurring(zone, start, end, rule));
        } catch (IllegalArgumentException e) {
            spec.fault("rrule", "spec.rrule " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(YamlMapping spec, String text) {
        if (ZoneId.getAvailableZoneIds().contains(text)) {
            return Optional.of(ZoneId.of(text));
        }
        if (!text.isEmpty()) {
            spec.fault("tzid", "spec.tzid is '" + text + "'; legal: " + ZONE);
        }
        return Optional.empty();
    }

    private static Optional<LocalDateTime> time(YamlMapping spec, String key) {
        spec.describe(key, "", LOCAL_TIME);
        var text = spec.text(key);
        try {
            if (!text.isEmpty()) {
                return Optional.of(LocalDateTime.parse(text, DateTimeFormatter.ISO_LOCAL_DATE_TIME));
            }
        } catch (DateTimeParseException e) {
            spec.fault(key, spec.path(key) + " is '" + text + "'; legal: " + LOCAL_TIME);
        }
        return Optional.empty();
    }
}
