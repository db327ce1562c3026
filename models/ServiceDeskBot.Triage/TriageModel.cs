using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Model;

namespace ServiceDeskBot.Triage;

/// <summary>The desk's trained model: one artefact with the heads type, category, impact and urgency.</summary>
public sealed class TriageModel : ITriageModel
{
    private readonly TextClassifier _classifier;
    private readonly int _type;
    private readonly int _category;
    private readonly int _impact;
    private readonly int _urgency;
    private readonly int[] _explained;

    /// <summary>Runs a classifier as the desk's model.</summary>
    /// <exception cref="ArgumentException">The artefact answers other questions than the desk asks; see <see cref="Answers"/>.</exception>
    public TriageModel(TextClassifier classifier)
    {
        if (!Answers(classifier))
        {
            throw new ArgumentException("The artefact lacks one of the heads type, category, impact, urgency.", nameof(classifier));
        }

        _classifier = classifier;
        _type = HeadOf(classifier, "type");
        _category = HeadOf(classifier, "category");
        _impact = HeadOf(classifier, "impact");
        _urgency = HeadOf(classifier, "urgency");
        _explained = [_type, _category];
        TrainingShares = classifier.Heads.Index().ToDictionary(head => head.Item.Name, IReadOnlyDictionary<string, double> (head) => SharesOf(classifier, head.Index), StringComparer.Ordinal);
    }

    public string Version => _classifier.Version;

    public TextClassifier Classifier => _classifier;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> TrainingShares { get; }

    /// <summary>Whether a classifier has the four heads of triage; one trained on a single column has not.</summary>
    public static bool Answers(TextClassifier classifier) =>
        new[] { "type", "category", "impact", "urgency" }.All(name => HeadOf(classifier, name) >= 0);

    public Prediction Predict(string text)
    {
        var (guesses, reasons) = _classifier.Read(text, _explained);
        return new Prediction(Version, guesses[_type], guesses[_category], guesses[_impact], guesses[_urgency], reasons);
    }

    private static Dictionary<string, double> SharesOf(TextClassifier classifier, int head) =>
        classifier.Heads[head].Labels.Zip(classifier.Training.ByHead[head]).ToDictionary(label => label.First, label => (double)label.Second, StringComparer.Ordinal);

    private static int HeadOf(TextClassifier classifier, string name)
    {
        for (var i = 0; i < classifier.Heads.Count; i++)
        {
            if (classifier.Heads[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
