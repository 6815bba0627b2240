package dev.portcullis.launcher.faults;

import dev.portcullis.kit.testing.CuttingHttpServer.Framing;

/** What is wrong with a page of counters. */
enum PageFault {
    NONE {
        @Override
        byte[] of(String page, long number) {
            return whole(page);
        }
    },
    /** The connection is accepted, and nothing answered as long as this lasts. */
    SILENT {
        @Override
        byte[] of(String page, long number) {
            return whole(page);
        }
    },
    /** The last line lacks its end, a digit of the canary's errors: they are a tenth of what they were. */
    CUT_IN_A_NUMBER {
        @Override
        byte[] of(String page, long number) {
            return Framing.UNTIL_CLOSE.of(TYPE, page.substring(0, page.length() - 2));
        }
    },
    /**
     * Both lines of the canary are missing. Without its errors alone, the page would be that of a canary that has had none: nobody could tell.
     */
    CUT_BETWEEN_LINES {
        @Override
        byte[] of(String page, long number) {
            return whole(page.substring(0, page.indexOf('\n', page.indexOf('\n') + 1) + 1));
        }
    },
    SHORT_OF_CONTENT_LENGTH {
        @Override
        byte[] of(String page, long number) {
            return Framing.SHORT_OF_CONTENT_LENGTH.of(TYPE, page);
        }
    },
    WITHOUT_LAST_CHUNK {
        @Override
        byte[] of(String page, long number) {
            return Framing.WITHOUT_LAST_CHUNK.of(TYPE, page);
        }
    },
    /** Each series twice, the second time with another value. */
    DOUBLED {
        @Override
        byte[] of(String page, long number) {
            return whole(page + page.replaceAll("(?m) \\d+$", " 7"));
        }
    },
    /** Two processes answer for one address in turn, the second with a hundredth of the requests. */
    SHARED_ADDRESS(true) {
        @Override
        byte[] of(String page, long number) {
            return whole(number % 2 == 0 ? page : page.replaceAll("(?m) (\\d+)\\d\\d$", " $1"));
        }
    },
    /** The same, but the second has served as much as the first and none of the errors. */
    SHARED_ADDRESS_ONE_WITHOUT_ERRORS(true) {
        @Override
        byte[] of(String page, long number) {
            return whole(number % 2 == 0 ? page : page.replaceAll("(?m)(code=\"500\"}) \\d+$", "$1 0"));
        }
    },
    /** Every counter falls, once and for the time of the fault, to a tenth. */
    FALLEN(true) {
        @Override
        byte[] of(String page, long number) {
            return whole(page.replaceAll("(?m) (\\d+)\\d$", " $1"));
        }
    },
    NOT_A_NUMBER {
        @Override
        byte[] of(String page, long number) {
            return whole(page.replaceAll("(?m)(code=\"500\"}) \\d+$", "$1 NaN"));
        }
    },
    EMPTY {
        @Override
        byte[] of(String page, long number) {
            return whole("");
        }
    },
    LOGIN_PAGE {
        @Override
        byte[] of(String page, long number) {
            return whole("<html>Sign in</html>");
        }
    };

    private static final String TYPE = "text/plain; version=0.0.4";

    /** Whether counters fall, of which the first jump is taken for a restart and counted. */
    final boolean fall;

    PageFault() {
        this(false);
    }

    PageFault(boolean fall) {
        this.fall = fall;
    }

    /**
     * An HTTP answer, every byte of it.
     *
     * @param page what ought to be on it, the errors of the canary last
     * @param number counts the readings
     */
    abstract byte[] of(String page, long number);

    private static byte[] whole(String page) {
        return Framing.WHOLE.of(TYPE, page);
    }
}
