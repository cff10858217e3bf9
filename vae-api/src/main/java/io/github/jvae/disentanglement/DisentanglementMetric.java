package io.github.jvae.disentanglement;

/** What may be measured of codes beside factors. All are better when higher. */
public enum DisentanglementMetric {
  /** The mutual information gap (Chen et al., 2018), 0 to 1. */
  MIG("MIG"),

  /** How few factors each dimension is for (Eastwood and Williams, 2018), 0 to 1. */
  DCI_DISENTANGLEMENT("DCI disentanglement"),

  /** How few dimensions each factor is in (Eastwood and Williams, 2018), 0 to 1. */
  DCI_COMPLETENESS("DCI completeness"),

  /**
   * How much of the factors a linear map of the code tells (Eastwood and Williams, 2018), 0 to 1.
   */
  DCI_INFORMATIVENESS("DCI informativeness"),

  /** The separated attribute predictability (Kumar et al., 2018), 0 to 1. */
  SAP("SAP"),

  /**
   * Which factor is held fixed, by the dimension that varies least (Kim and Mnih, 2018), 0 to 1.
   */
  FACTOR_VAE("FactorVAE score"),

  /** How much each dimension is for one factor alone (Ridgeway and Mozer, 2018), 0 to 1. */
  MODULARITY("modularity"),

  /** How well a linear classifier finds each factor (Ridgeway and Mozer, 2018), 0.5 to 1. */
  EXPLICITNESS("explicitness"),

  /** The unsupervised disentanglement ranking (Duan et al., 2020), 0 to 1; needs several models. */
  UDR("UDR");

  private final String label;

  DisentanglementMetric(String label) {
    this.label = label;
  }

  /** Returns the name that the literature uses. */
  @Override
  public String toString() {
    return label;
  }
}
