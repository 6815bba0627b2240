package dev.portcullis.gate.calendar;

import java.time.Duration;
import java.util.List;

/**
 * Times at which services may or may not be promoted, with the meaning that Kargo gives the word: nothing is promoted while a Deny is active, nor, where there are
 * Allows for a service, while none of them is.
 *
 * @param name of the document
 * @param effect what it means that it is active
 * @param services the services it is for; "*" stands for all
 * @param reason why there is such a window, for those whom it holds up
 * @param leadTime of a Deny, how long before its beginning no deploy may begin any more; zero or more
 */
public record PromotionWindow(
        String name, Effect effect, List<String> services, String reason, Duration leadTime, Schedule schedule) {
    /** What an active window means. */
    public enum Effect {
        ALLOW("Allow"),
        DENY("Deny");

        private final String word;

        Effect(String word) {
            this.word = word;
        }

        /** The word in the document. */
        public String word() {
            return word;
        }
    }

    public PromotionWindow {
        services = List.copyOf(services);
    }

    /** Whether it concerns a service. */
    public boolean isFor(String service) {
        return services.contains("*") || services.contains(service);
    }
}
