package org.polyproc.compare;

/**
 * A row of a report: a line of the reference beside a line of the run.
 *
 * @param kind   what the row says
 * @param number the number of the reference's line, counted from 1; 0 if there is none
 * @param left   the reference's line, or null
 * @param right  the run's line, or null
 */
record Row(Kind kind, int number, String left, OutputLine right) {

    /** What a row says, and the sign that says it. */
    enum Kind {
        /** Both sides have the line. */
        EQUAL("│"),
        /** Only the reference has the line here. */
        MISSING("<"),
        /** Only the run has the line here. */
        EXTRA(">"),
        /** The run has another line here. */
        CHANGED("≠");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }

        /** One column wide. */
        String sign() {
            return sign;
        }
    }
}
