using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Blockchain.Benchmarks.Mutants;

/// <summary>
/// Finds the places of a file where a mistake could be: comparisons, arithmetic, conditions, numbers, flags and
/// statements. Assertions are left alone, since they change nothing where they hold; so are texts, which are for
/// people.
/// </summary>
internal sealed class MutantFinder(string file) : CSharpSyntaxWalker
{
    private static readonly Dictionary<SyntaxKind, string> Operators = new()
    {
        [SyntaxKind.LessThanToken] = "<=",
        [SyntaxKind.LessThanEqualsToken] = "<",
        [SyntaxKind.GreaterThanToken] = ">=",
        [SyntaxKind.GreaterThanEqualsToken] = ">",
        [SyntaxKind.EqualsEqualsToken] = "!=",
        [SyntaxKind.ExclamationEqualsToken] = "==",
        [SyntaxKind.PlusToken] = "-",
        [SyntaxKind.MinusToken] = "+",
        [SyntaxKind.AsteriskToken] = "/",
        [SyntaxKind.SlashToken] = "*",
        [SyntaxKind.PercentToken] = "*",
        [SyntaxKind.AmpersandAmpersandToken] = "||",
        [SyntaxKind.BarBarToken] = "&&",
        [SyntaxKind.LessThanLessThanToken] = ">>",
        [SyntaxKind.GreaterThanGreaterThanToken] = "<<",
        [SyntaxKind.PlusEqualsToken] = "-=",
        [SyntaxKind.MinusEqualsToken] = "+=",
        [SyntaxKind.PlusPlusToken] = "--",
        [SyntaxKind.MinusMinusToken] = "++",
    };

    private const string Assertions = nameof(Shared.Assertions);

    public List<Mutant> Found { get; } = [];

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        if (!IsAssertion(node))
        {
            base.VisitInvocationExpression(node);
        }
    }

    public override void VisitAttributeList(AttributeListSyntax node)
    {
        // An attribute does nothing at run time that a test of behaviour could see.
    }

    public override void VisitThrowExpression(ThrowExpressionSyntax node)
    {
        // What is thrown, and in which words, is for people.
    }

    public override void VisitThrowStatement(ThrowStatementSyntax node)
    {
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        var isText = node.DescendantNodes().Any(IsText);
        if (!isText)
        {
            Swap(node.OperatorToken);
        }

        base.VisitBinaryExpression(node);
    }

    public override void VisitRelationalPattern(RelationalPatternSyntax node)
    {
        Swap(node.OperatorToken);
        base.VisitRelationalPattern(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        Swap(node.OperatorToken);
        base.VisitAssignmentExpression(node);
    }

    public override void VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
    {
        Swap(node.OperatorToken);
        base.VisitPostfixUnaryExpression(node);
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        Negate(node.Condition);
        base.VisitIfStatement(node);
    }

    public override void VisitWhileStatement(WhileStatementSyntax node)
    {
        Negate(node.Condition);
        base.VisitWhileStatement(node);
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        Negate(node.Condition);
        base.VisitConditionalExpression(node);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        switch (node.Kind())
        {
            case SyntaxKind.TrueLiteralExpression:
                Replace(node, "false");
                break;
            case SyntaxKind.FalseLiteralExpression:
                Replace(node, "true");
                break;
            case SyntaxKind.NumericLiteralExpression when node.Token.Value is int value:
                Replace(node, (value + 1).ToString(CultureInfo.InvariantCulture));
                break;
        }
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        if (node.Expression is not InvocationExpressionSyntax call || !IsAssertion(call))
        {
            Replace(node, ";");
        }

        base.VisitExpressionStatement(node);
    }

    public override void VisitReturnStatement(ReturnStatementSyntax node)
    {
        if (node.Expression is null)
        {
            Replace(node, ";");
        }

        base.VisitReturnStatement(node);
    }

    public override void VisitContinueStatement(ContinueStatementSyntax node) => Replace(node, ";");

    private static bool IsAssertion(InvocationExpressionSyntax node) =>
        node.Expression is MemberAccessExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.Text: Assertions },
        };

    private static bool IsText(SyntaxNode node) => node is InterpolatedStringExpressionSyntax
        || node.IsKind(SyntaxKind.StringLiteralExpression);

    private void Negate(ExpressionSyntax condition) => Replace(condition, $"!({condition})");

    private void Swap(SyntaxToken token)
    {
        if (Operators.TryGetValue(token.Kind(), out var other))
        {
            Add(token.GetLocation(), token.Text, other);
        }
    }

    private void Replace(SyntaxNode node, string replacement) => Add(node.GetLocation(), node.ToString(), replacement);

    private void Add(Location place, string original, string replacement) => Found.Add(
        new Mutant(file, place.GetLineSpan().StartLinePosition.Line + 1, place.SourceSpan, original, replacement));
}
