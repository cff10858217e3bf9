package io.github.jvae.bench.option;

import io.github.jvae.evaluate.AnomalyScore;
import io.github.jvae.internal.Quote;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads names of scores, with commas between, or {@code all}. */
public final class ScoreNames implements ITypeConverter<List<AnomalyScore>> {
  private static final String ALL = "all";

  @Override
  public List<AnomalyScore> convert(String text) {
    if (text.strip().equals(ALL)) {
      return List.of(AnomalyScore.values());
    }
    Set<AnomalyScore> scores = new LinkedHashSet<>();
    for (String name : text.split(",", -1)) {
      scores.add(score(name.strip()));
    }
    return List.copyOf(scores);
  }

  private static AnomalyScore score(String name) {
    return Arrays.stream(AnomalyScore.values())
        .filter(score -> score.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new TypeConversionException("must be all or some of "
            + Arrays.stream(AnomalyScore.values())
                .map(AnomalyScore::toString)
                .collect(Collectors.joining(", "))
            + ", not " + Quote.of(name)));
  }
}
