using System.Reflection;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Dialogs.Behalf;
using ServiceDeskBot.Dialogs.Cancel;
using ServiceDeskBot.Dialogs.Clarify;
using ServiceDeskBot.Dialogs.Intake;
using ServiceDeskBot.Dialogs.Later;
using ServiceDeskBot.Dialogs.Order;
using ServiceDeskBot.Dialogs.Pressing;
using ServiceDeskBot.Dialogs.Script;
using ServiceDeskBot.Dialogs.Survey;

namespace ServiceDeskBot.Dialogs;

/// <summary>The one list of dialogs.</summary>
public static class AllDialogs
{
    public static IReadOnlyList<IDialog> List { get; } = [new IntakeDialog(), new ClarifyDialog(), new BehalfDialog(), new CancelDialog(), new PressingDialog(), new OrderDialog(), new ScriptDialog(), new LaterDialog(), new SurveyDialog()];

    /// <summary>Where their texts are embedded.</summary>
    public static Assembly Assembly => typeof(AllDialogs).Assembly;
}
