namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>How a model is trained. The defaults were chosen on splits of public sets; see models/README.md.</summary>
public sealed record Recipe
{
    /// <summary>Decides every random choice; the same seed and data give the same bytes on one machine.</summary>
    public ulong Seed { get; init; } = 20_26;

    /// <summary>Largest artefact in bytes; the vocabulary is cut to fit.</summary>
    public int Budget { get; init; } = 15_500_000;

    /// <summary>Whether a label's name counts as one more example of it, which tells most where a label has few.</summary>
    public bool LearnsLabelNames { get; init; } = true;

    /// <summary>Whether pairs of letters count as features. Where room is short they take the place of longer grams, which tell more.</summary>
    public bool ReadsPairsOfLetters { get; init; } = true;

    /// <summary>Networks in the ensemble; each trains on a core of its own.</summary>
    public int Networks { get; init; } = 4;

    public int HiddenUnits { get; init; } = 72;

    /// <summary>Passes over the rows, within the bounds on steps below.</summary>
    public int Epochs { get; init; } = 16;

    /// <summary>Few rows need more passes: at least so many steps of a batch each.</summary>
    public int FewestSteps { get; init; } = 900;

    /// <summary>Many rows need fewer.</summary>
    public int MostSteps { get; init; } = 8_000;

    public float LearningRate { get; init; } = 0.003f;

    public float InputDropout { get; init; } = 0.55f;

    public float HiddenDropout { get; init; } = 0.3f;

    public float LabelSmoothing { get; init; } = 0.02f;

    /// <summary>How often a network sees a row as mistyped and with words missing.</summary>
    public float DamagedShare { get; init; } = 0.35f;

    /// <summary>Different damaged versions of each row.</summary>
    public int DamagedCopies { get; init; } = 3;

    public float TypoShare { get; init; } = 0.06f;

    public float MissingWords { get; init; } = 0.1f;

    /// <summary>Weight of the linear scores against the networks'; their common temperature is fitted.</summary>
    public float LinearShare { get; init; } = 2f;

    /// <summary>Inverse regularisation of the linear member.</summary>
    public float LinearCost { get; init; } = 1.2f;

    public int LinearPasses { get; init; } = 10;

    /// <summary>The rows are divided into so many parts; each part held out gives rows to calibrate on.</summary>
    public int Parts { get; init; } = 7;

    /// <summary>Below this many rows every part is held out in turn, to have enough of them.</summary>
    public int FewRows { get; init; } = 3_000;

    /// <summary>From this many rows on one part is enough; between the two bounds it takes <see cref="SomeParts"/>.</summary>
    public int ManyRows { get; init; } = 20_000;

    public int SomeParts { get; init; } = 3;

    /// <summary>Models that are only calibrated on make do with fewer networks: it halves their cost and hardly moves their scores.</summary>
    public int NetworksToCalibrate { get; init; } = 2;

    /// <summary>How often the right answer may be missing from the conformal set.</summary>
    public float SetError { get; init; } = 0.05f;

    /// <summary>The precision that acting without a person needs; the abstention threshold follows from it.</summary>
    public float ActPrecision { get; init; } = 0.9f;

    /// <summary>Heads that need another precision, by name.</summary>
    public IReadOnlyDictionary<string, float> ActPrecisionOf { get; init; } = new Dictionary<string, float>(StringComparer.Ordinal);

    /// <summary>The same recipe as one head needs it.</summary>
    internal Recipe For(string head) => ActPrecisionOf.TryGetValue(head, out var precision) ? this with { ActPrecision = precision } : this;
}
