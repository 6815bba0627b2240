package dev.portcullis.launcher.faults;

import java.util.random.RandomGenerator;

/**
 * Something that goes wrong for a while.
 *
 * @param name for the report
 * @param place what it strikes; two faults at a time strike different places
 * @param begin makes it go wrong, in a way that is drawn
 * @param end makes it go well again, whatever has become of the processes meanwhile
 */
record InjectedFault(String name, Place place, Begin begin, End end) {
    /** What goes wrong. */
    enum Place {
        PROCESS,
        DATABASE,
        PAGES,
        WEBHOOK
    }

    /** Makes something go wrong. */
    interface Begin {
        /** Answers what was drawn, for the report; may be empty. */
        String with(RandomGenerator random) throws Exception;
    }

    /** Makes it go well again. */
    interface End {
        void run() throws Exception;
    }
}
