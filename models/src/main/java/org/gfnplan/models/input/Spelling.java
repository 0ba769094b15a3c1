package org.gfnplan.models.input;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the word that somebody probably meant. */
public final class Spelling {
  private static final int LONGEST = 64;

  private Spelling() {}

  /**
   * The known word closest to {@code word}, or null when none is close. Close is one slip (a letter
   * missing, added, changed or swapped with its neighbour), from six letters on two; upper and
   * lower case and {@code -} and {@code _} are not slips. Ties go to the first in the natural
   * order.
   */
  public static @Nullable String nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return null;
    }
    String plain = plain(word);
    int allowed = plain.length() < 4 ? 0 : plain.length() < 6 ? 1 : 2;
    String best = null;
    int bestSlips = allowed + 1;
    for (String candidate : known.stream().sorted().toList()) {
      int slips = slips(plain, plain(candidate));
      if (slips < bestSlips) {
        best = candidate;
        bestSlips = slips;
      }
    }
    return best;
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /* The optimal string alignment distance, by rows; both words are short. */
  private static int slips(String one, String other) {
    int[][] cost = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        cost[i][j] =
            Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[one.length()][other.length()];
  }
}
